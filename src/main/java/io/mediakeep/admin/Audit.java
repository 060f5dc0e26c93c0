package io.mediakeep.admin;

import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Batches;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Records what administrators do. */
public final class Audit {
    /** Older entries are removed. */
    static final Duration MAX_AGE = Duration.ofDays(365);

    /** The length of a recorded value; longer ones are truncated. */
    static final int MAX_VALUE_LENGTH = 500;

    /** How many parameters and counts are recorded; those beyond it are not. */
    private static final int MAX_VALUES = 16;

    /** How many entries are removed in one transaction. */
    private static final int BATCH = 1_000;

    private final AuditCatalog catalog;
    private final Clock clock;

    /** @param clock shared by all nodes */
    public Audit(AuditCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Records an action, within the request that it was done in. On return the entry is durable.
     *
     * @param action what was done, such as "quarantine media"; at most 64 characters
     * @param parameters what it was done with, such as {@code media: mxc://…}; at most 16, of 500 characters
     * @param counts what came of it, such as {@code quarantined: 3}; at most 16
     */
    public void record(UserId administrator, String action, Map<String, String> parameters, Map<String, Long> counts) {
        JsonObjectBuilder texts = Json.createObjectBuilder();
        parameters.entrySet().stream()
                .limit(MAX_VALUES)
                .forEach(parameter -> texts.add(parameter.getKey(), truncated(parameter.getValue())));
        JsonObjectBuilder numbers = Json.createObjectBuilder();
        counts.entrySet().stream().limit(MAX_VALUES).forEach(count -> numbers.add(count.getKey(), count.getValue()));
        catalog.add(new AuditEntity(clock.instant(), administrator, action, texts.build(), numbers.build()));
    }

    private static String truncated(String value) {
        return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH - 1) + "…";
    }

    /** Removes entries that are older than a year. */
    public void removeOld() {
        Batches.run(BATCH, max -> catalog.removeBefore(clock.instant().minus(MAX_AGE), max));
    }
}
