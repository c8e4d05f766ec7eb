package io.onlooker.examples.agent;

/** What the company knows. */
final class KnowledgeBase {

  private KnowledgeBase() {}

  /** Whatever is asked, it is about returns. */
  static String search(String query) {
    return String.join(
        "\n",
        "About " + query + ":",
        "Our return policy allows returns within 30 days of purchase.",
        "Refunds are processed within 5-7 business days after we receive the item.",
        "Items must be in original condition with tags attached.",
        "Free return shipping is provided for defective items.");
  }
}
