package io.mediakeep.limits;

import java.util.OptionalLong;

/** The storage quota of each user: bytes and files; absent is unlimited. */
public record QuotaSettings(OptionalLong maxBytes, OptionalLong maxFiles) {
    public static final QuotaSettings UNLIMITED = new QuotaSettings(OptionalLong.empty(), OptionalLong.empty());
}
