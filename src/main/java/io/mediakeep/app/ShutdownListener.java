package io.mediakeep.app;

/** Is notified of the phases in which the embedded server stops. */
interface ShutdownListener {

    /** The server still takes new connections, but is going to stop. */
    void stopping();

    /** The time to finish is over: requests that wait for an upload are responded to now. */
    void endWaiting();
}
