package io.mediakeep.admin;

import io.mediakeep.matrix.UserId;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * An action of an administrator.
 *
 * @param id increases with time
 * @param action what was done, such as "quarantine media"
 * @param parameters what it was done with; the values are strings
 * @param counts what came of it; the values are whole numbers
 */
public record AuditEntry(
        long id, Instant recordedAt, UserId administrator, String action, JsonObject parameters, JsonObject counts) {}
