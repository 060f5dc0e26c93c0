package io.mediakeep.jobs;

/**
 * Something that a job could not do. The rest of the job is not affected.
 *
 * @param subject what it concerns, for example a content URI; truncated to {@value #MAX_SUBJECT} characters
 * @param reason a sentence for administrators; truncated to {@value #MAX_REASON} characters
 */
public record JobError(String subject, String reason) {
    private static final int MAX_SUBJECT = 600;
    static final int MAX_REASON = 1000;

    /** Truncates the texts. */
    public JobError {
        subject = truncated(subject, MAX_SUBJECT);
        reason = truncated(reason, MAX_REASON);
    }

    static String truncated(String text, int max) {
        return text.substring(0, Math.min(text.length(), max));
    }
}
