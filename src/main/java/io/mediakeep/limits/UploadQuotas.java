package io.mediakeep.limits;

import io.mediakeep.matrix.Glob;
import io.mediakeep.matrix.UserId;
import java.util.List;

/** The quota of each user. */
public final class UploadQuotas {
    private final List<QuotaOfSome> quotas;

    /** The configured quotas. */
    public UploadQuotas(QuotaSettings settings) {
        this.quotas = settings.rules().stream()
                .map(rule -> new QuotaOfSome(new Glob(rule.users()), new UploadQuota(rule.maxSize(), rule.limits())))
                .toList();
    }

    private record QuotaOfSome(Glob users, UploadQuota quota) {}

    /** The quota of a user: that of the first matching rule. */
    public UploadQuota of(UserId user) {
        return quotas.stream()
                .filter(some -> some.users().matches(user.value()))
                .findFirst()
                .map(QuotaOfSome::quota)
                .orElse(UploadQuota.UNLIMITED);
    }
}
