package keepwell.account;

import java.util.List;
import java.util.function.Function;
import keepwell.account.AccountEntity.Setting;
import keepwell.account.Command.Answered;
import keepwell.account.Command.Close;
import keepwell.account.Command.Erase;
import keepwell.account.Command.Explain;
import keepwell.account.Command.Judge;
import keepwell.account.Command.Preview;
import keepwell.account.Command.RecordOutcomes;
import keepwell.account.Command.RecordSignals;
import keepwell.account.Command.RemoveOverride;
import keepwell.account.Command.Rescore;
import keepwell.account.Command.Retrace;
import keepwell.account.Command.Review;
import keepwell.account.Command.SetLabels;
import keepwell.account.Command.SetOverride;
import keepwell.account.Command.ShowHistory;
import keepwell.account.Command.ShowOutcomes;
import keepwell.account.Command.ShowStanding;
import keepwell.health.Account;
import keepwell.health.Answer;
import keepwell.health.Decider;
import keepwell.health.Decider.Moment;
import keepwell.health.Decision;
import keepwell.health.Inquiry;
import keepwell.health.OutcomeDecider;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Scorecards;
import keepwell.health.Upkeep;

/** What an account does about each command, by what all accounts of a node share. */
record Deciding(Setting setting) {

  /** Changes nothing: what is to be stored and answered. */
  Decision<? extends Answer> on(Account account, Answered command) {
    if (command instanceof Rescore rescore) {
      setting.scorecards().know(rescore.version());
      return Upkeep.rescore(account, moment(account));
    }
    Moment moment = moment(account);
    if (command instanceof RecordSignals record) {
      return Decider.record(account, record.account(), record.signals(), record.quiet(), moment);
    }
    if (command instanceof SetLabels set) {
      return Decider.label(account, set.account(), set.labels(), moment);
    }
    if (command instanceof SetOverride set) {
      return Decider.override(account, set.override(), moment);
    }
    if (command instanceof RemoveOverride) {
      return Decider.removeOverride(account, moment);
    }
    if (command instanceof Close close) {
      return Decider.close(account, close.closed(), moment);
    }
    if (command instanceof Review review) {
      return Upkeep.review(account, review.day(), moment);
    }
    if (command instanceof ShowStanding show) {
      return Inquiry.standing(account, show.asOf(), moment);
    }
    if (command instanceof ShowHistory show) {
      return Inquiry.history(account, show.days(), moment);
    }
    if (command instanceof RecordOutcomes record) {
      return OutcomeDecider.record(account, record.account(), record.outcomes(), moment);
    }
    if (command instanceof ShowOutcomes) {
      return Inquiry.outcomes(account);
    }
    if (command instanceof Preview preview) {
      return compared(
          preview.version(),
          preview.drafts(),
          all -> Inquiry.preview(account, all, preview.leasts(), moment));
    }
    if (command instanceof Judge judge) {
      return compared(
          judge.version(), judge.drafts(), all -> Inquiry.judge(account, all, judge.terms()));
    }
    if (command instanceof Retrace retrace) {
      return Inquiry.retrace(account, retrace.days(), moment);
    }
    if (command instanceof Erase) {
      return Decider.erase(account, moment);
    }
    Explain explain = (Explain) command;
    return Inquiry.explanation(account, explain.overDays(), setting.scorecards()::before, moment);
  }

  private Decision<Answer> compared(
      int version, List<String> drafts, Function<List<Scorecards>, Decision<Answer>> question) {
    return setting
        .scorecards()
        .compared(version, drafts)
        .map(question)
        .orElseGet(() -> Decision.of(Refusal.of(Code.UNAVAILABLE)));
  }

  private Moment moment(Account account) {
    return new Moment(
        setting.productClock().instant(),
        setting.realClock().instant(),
        setting.scorecards().since(Decider.settledBy(account)),
        setting.thresholds().get(),
        setting.capacity());
  }
}
