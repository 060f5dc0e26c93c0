package io.mediakeep.jobs;

/** A job was cancelled, or another node runs it now: the transaction of the batch must not commit. */
final class JobLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobLostException(long id) {
        super("job " + id + " was cancelled, or another node runs it", null, false, false);
    }
}
