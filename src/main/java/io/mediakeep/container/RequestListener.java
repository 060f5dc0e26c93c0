package io.mediakeep.container;

/** Is notified of requests. Its methods are called by the threads that process them, and do not wait. */
public interface RequestListener {
    /** The head of a request was received. */
    default void begun() {}

    /** The response of a request has ended. */
    void completed(CompletedRequest request);
}
