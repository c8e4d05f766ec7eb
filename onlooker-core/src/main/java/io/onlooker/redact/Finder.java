package io.onlooker.redact;

/**
 * Finds one sort of personal data. Holds no state: one serves every text and thread.
 *
 * <p>A finder reads a bounded number of characters per trigger, or marks in the {@link Scan} what
 * it has read so that nobody reads it a second time: a text takes linear time, whoever wrote it.
 */
sealed interface Finder
    permits BearerFinder,
        CardFinder,
        EmailFinder,
        IbanFinder,
        Ipv4Finder,
        Ipv6Finder,
        JwtFinder,
        PhoneFinder,
        PrivateKeyFinder,
        ResidentNumberFinder,
        SendGridFinder,
        SsnFinder,
        UrlCredentialsFinder,
        VendorKeyFinder {

  /** Every digit, for finders that are asked at the first digit of a row of them. */
  String DIGITS = "0123456789";

  /** What is found. */
  PiiKind kind();

  /** The ASCII characters that may give it away. */
  String triggers();

  /**
   * Reports what stands around the trigger to {@link Scan#found}.
   *
   * @param at the trigger; of a row of digits the first, with {@link Scan#row} read from there
   */
  void find(Scan scan, int at);
}
