package io.mediakeep.concurrent;

import java.util.concurrent.ThreadFactory;

/** Creates threads that do not keep the JVM running. */
public record DaemonThreads(String name) implements ThreadFactory {

    /** A thread with the name, which others may have too. */
    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
