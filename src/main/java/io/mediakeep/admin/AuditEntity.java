package io.mediakeep.admin;

import io.mediakeep.matrix.UserId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.StringReader;
import java.time.Instant;

/** The row of one {@link AuditEntry}. */
@Entity
@Table(name = "audit")
class AuditEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "recorded_at")
    private long recordedAt;

    private String administrator;

    private String action;

    private String parameters;

    private String counts;

    /** For JPA. */
    protected AuditEntity() {}

    AuditEntity(Instant recordedAt, UserId administrator, String action, JsonObject parameters, JsonObject counts) {
        this.recordedAt = recordedAt.toEpochMilli();
        this.administrator = administrator.value();
        this.action = action;
        this.parameters = parameters.toString();
        this.counts = counts.toString();
    }

    AuditEntry toEntry() {
        return new AuditEntry(
                id,
                Instant.ofEpochMilli(recordedAt),
                new UserId(administrator),
                action,
                object(parameters),
                object(counts));
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
