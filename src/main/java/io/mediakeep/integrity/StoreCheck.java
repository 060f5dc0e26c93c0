package io.mediakeep.integrity;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification.Outcome;
import io.mediakeep.integrity.Finding.Kind;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.Progress;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.StoredBlob;
import io.mediakeep.storage.StoreUnavailableException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of the blob store, as a job: compares rows and store in both directions, range by range. Its items are blobs with a row, and
 * its errors what it finds.
 */
public final class StoreCheck implements JobKind {
    private static final Logger log = LoggerFactory.getLogger(StoreCheck.class);

    /** How long one step reads bytes. */
    private static final Duration MAX_READING = Duration.ofMillis(500);

    /** How many blobs a step compares when it reads their bytes: more than are read in half a second on most disks. */
    private static final int MAX_READ = 100;

    /** How many content URIs are named for a lost blob. */
    private static final int MAX_URIS = 3;

    private final Blobs blobs;
    private final BlobIntegrityCatalog integrity;
    private final BlobCheckCatalog catalog;
    private final StoreComparison comparison;
    private final ContinuedVerification verification;
    private final JobLeaseCatalog leases;

    /** The check of a store and its rows. */
    public StoreCheck(Blobs blobs, BlobIntegrityCatalog integrity, BlobCheckCatalog catalog, JobLeaseCatalog leases) {
        this.blobs = blobs;
        this.integrity = integrity;
        this.catalog = catalog;
        this.comparison = new StoreComparison(blobs, catalog);
        this.verification = new ContinuedVerification(blobs);
        this.leases = leases;
    }

    /**
     * The parameters of a job.
     *
     * @param deep whether all bytes are read, and their hashes are verified
     * @param repair whether unused bytes are removed, and damage is marked; else nothing is changed
     */
    public static JsonObject parameters(boolean deep, boolean repair) {
        return Json.createObjectBuilder()
                .add("deep", deep)
                .add("repair", repair)
                .build();
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public OptionalLong total(Job job) {
        return OptionalLong.of(catalog.count());
    }

    @Override
    public boolean step(Job job) throws IOException {
        boolean deep = JobFlags.isSet(job, "deep");
        Optional<BlobLocation> after = Optional.of(job.position())
                .filter(position -> !position.isEmpty())
                .map(BlobLocation::new);
        CheckedRange read = CheckedRange.read(after, deep ? MAX_READ : BlobStore.MAX_LISTED, blobs, integrity);
        List<Finding> findings = new ArrayList<>();
        Optional<CheckedRange> verified = verified(read, deep, findings);
        if (verified.isPresent()) {
            CheckedRange range = verified.get();
            findings.addAll(comparison.findings(range));
            end(job, range, findings);
        }
        return verified.isEmpty() || verified.get().next().isPresent();
    }

    /** Verifies bytes as long as there is time. Returns the part of the range for which that is done; empty for none. */
    private Optional<CheckedRange> verified(CheckedRange range, boolean deep, List<Finding> findings)
            throws IOException {
        long start = System.nanoTime();
        BooleanSupplier proceed = () -> System.nanoTime() - start < MAX_READING.toNanos();
        Optional<StoredBlob> last = Optional.empty();
        for (StoredBlob blob : range.rows()) {
            if (blob.settled() && range.isListed(blob) && (deep || blob.damaged())) {
                Optional<Outcome> outcome = read(blob, proceed, findings);
                if (outcome.equals(Optional.of(Outcome.UNFINISHED))) {
                    return last.map(done -> range.until(done.location().id().sha256()));
                }
            }
            last = Optional.of(blob);
        }
        return Optional.of(range);
    }

    /** Empty when the blob cannot be read. */
    private Optional<Outcome> read(StoredBlob blob, BooleanSupplier proceed, List<Finding> findings)
            throws IOException {
        try {
            Outcome outcome = verification.proceed(blob, proceed);
            if (outcome == Outcome.DAMAGED
                    && !catalog.settled(List.of(blob.location())).isEmpty()) {
                findings.add(Finding.of(Kind.WRONG_HASH, blob));
            } else if (outcome == Outcome.INTACT && blob.damaged()) {
                findings.add(Finding.of(Kind.INTACT, blob));
            }
            return Optional.of(outcome);
        } catch (StoreUnavailableException unavailable) {
            throw unavailable;
        } catch (IOException failure) {
            log.warn("The check could not read the blob {}: {}", blob.location(), failure.getMessage());
            findings.add(Finding.of(Kind.UNREADABLE, blob));
            return Optional.empty();
        }
    }

    private void end(Job job, CheckedRange range, List<Finding> findings) {
        boolean repair = JobFlags.isSet(job, "repair");
        List<BlobLocation> unused = new ArrayList<>();
        if (repair) {
            findings.forEach(this::mark);
            findings.stream()
                    .filter(finding -> finding.kind().isUnused())
                    .map(Finding::location)
                    .forEach(unused::add);
        }
        Progress progress = new Progress(
                range.next().map(BlobLocation::value).orElse(job.position()),
                range.rows().size(),
                range.rows().stream().mapToLong(StoredBlob::size).sum(),
                findings.stream().map(finding -> error(finding, repair)).toList());
        catalog.release(unused, entities -> leases.progressOf(job).record(entities, progress));
        if (!unused.isEmpty()) {
            blobs.removeDue(unused.size());
        }
    }

    private void mark(Finding finding) {
        if (finding.kind().isDamage()) {
            blobs.damage().recordDamaged(finding.location(), finding.size());
        } else if (finding.kind() == Kind.INTACT) {
            blobs.damage().recordIntact(finding.location());
        }
    }

    private JobError error(Finding finding, boolean repair) {
        String media = catalog.media(finding.location().id(), MAX_URIS).stream()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        String subject = media.isEmpty() ? finding.location().value() : finding.location() + " (" + media + ")";
        return new JobError(subject, finding.kind().text(repair));
    }
}
