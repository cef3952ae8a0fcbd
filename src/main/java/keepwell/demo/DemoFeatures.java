package keepwell.demo;

import java.util.List;

/** The features of the made-up vendor's product. */
final class DemoFeatures {
  /** What everybody came for; at least as many as the greatest breadth of an account. */
  static final List<String> CORE =
      List.of(
          "dashboards",
          "reports",
          "tasks",
          "forms",
          "approvals",
          "automations",
          "templates",
          "exports",
          "alerts",
          "comments",
          "calendar");

  /** What came lately, and is taken up one by one. */
  static final List<String> NEW =
      List.of(
          "api",
          "single-sign-on",
          "mobile",
          "webhooks",
          "audit-log",
          "forecasts",
          "sandbox",
          "custom-fields",
          "e-signature",
          "bulk-edit",
          "chat",
          "scheduled-reports");

  private DemoFeatures() {}
}
