package io.mediakeep.persistence.shared;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The row of one {@link StoreIdentity}. */
@Entity
@Table(name = "store_identity")
class StoreIdentityEntity {
    @Id
    private String name;

    private String id;

    private String partner;

    /** For JPA. */
    protected StoreIdentityEntity() {}

    StoreIdentityEntity(String name, StoreIdentity identity) {
        this.name = name;
        this.id = identity.id().toString();
        this.partner = identity.partner();
    }

    StoreIdentity toIdentity() {
        return new StoreIdentity(UUID.fromString(id), partner);
    }
}
