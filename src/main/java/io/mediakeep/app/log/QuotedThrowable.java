package io.mediakeep.app.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code %quotedEx}: the stack trace of an event, with the messages of its exceptions as {@link QuotedMessage} writes them. */
public final class QuotedThrowable extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return super.throwableProxyToString(new Quoted(throwable));
    }

    /** The same exception with quoted messages; its causes, too. */
    private record Quoted(IThrowableProxy original) implements IThrowableProxy {
        @Override
        public @Nullable String getMessage() {
            return quoted(original.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return quoted(original.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return original.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return original.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return original.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            @Nullable IThrowableProxy cause = original.getCause();
            return cause == null ? null : new Quoted(cause);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Arrays.stream(original.getSuppressed()).map(Quoted::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return original.isCyclic();
        }

        private static @Nullable String quoted(@Nullable String message) {
            return message == null ? null : QuotedMessage.quoted(message);
        }
    }
}
