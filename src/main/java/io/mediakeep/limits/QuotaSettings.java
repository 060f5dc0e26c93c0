package io.mediakeep.limits;

import java.util.OptionalLong;

/** How much one user may keep here: bytes and files; absent is without limit. */
public record QuotaSettings(OptionalLong maxBytes, OptionalLong maxFiles) {
    public static final QuotaSettings UNLIMITED = new QuotaSettings(OptionalLong.empty(), OptionalLong.empty());
}
