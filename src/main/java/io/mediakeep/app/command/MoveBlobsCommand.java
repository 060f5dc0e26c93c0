package io.mediakeep.app.command;

import io.mediakeep.app.StorageAssembly;
import io.mediakeep.integrity.BlobMove;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code move-blobs}: moves blobs from the store that is also read to the one in which blobs are stored. */
@Command(
        name = "move-blobs",
        description =
                "Copies all blobs from the store in blobs.also-read to the one in blobs.kind, and verifies them."
                        + " Servers with this configuration may run meanwhile. When it is done, --remove removes them from the old store.")
final class MoveBlobsCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private Main main;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin
    private final JobOptions where = new JobOptions();

    @SuppressWarnings("NullAway.Init")
    @Option(names = "--to", required = true, paramLabel = "KIND", description = "The new store: disk, database or s3.")
    private String to;

    @Option(names = "--remove", description = "Remove from the old store what is in the new one.")
    private boolean remove;

    @Override
    public Integer call() throws IOException {
        return where.run(
                spec.commandLine(),
                "move-blobs?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8) + "&remove=" + remove,
                () -> LocalJob.start(main.config(), MoveBlobsCommand::move, move -> move.parameters(to, remove)));
    }

    private static BlobMove move(StorageAssembly storage, JobLeaseCatalog leases) {
        return storage.move(leases)
                .orElseThrow(() -> MatrixException.badRequest("Name the old store in blobs.also-read"));
    }
}
