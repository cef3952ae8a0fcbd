package keepwell.dashboard.scorecard;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The form of a draft in a browser. */
record DraftForm(Page page) {
  Locator source() {
    return page.getByLabel("The draft as JSON");
  }

  Locator field(String path) {
    return page.locator("[data-path=\"" + path + "\"]");
  }

  /** As a person does: the field is left afterwards. */
  void fill(String path, String value) {
    field(path).fill(value);
    field(path).blur();
  }

  Locator differences() {
    return page.locator("#differences .differing li");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void edit(String what) {
    page.locator("summary")
        .getByText("Edit " + what, new Locator.GetByTextOptions().setExact(true))
        .click();
  }
}
