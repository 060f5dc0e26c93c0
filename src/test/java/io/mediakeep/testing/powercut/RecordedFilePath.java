package io.mediakeep.testing.powercut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** The files of an H2 database below {@code recorded:/some/folder}, recorded by the {@link RecordedDisk} of that folder. */
public final class RecordedFilePath extends FilePathWrapper {
    public static final String SCHEME = "recorded";

    /** Makes the scheme known to H2. */
    public static void register() {
        FilePath.register(new RecordedFilePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    @SuppressWarnings("resource") // closed with the channel that is answered
    public FileChannel open(String mode) throws IOException {
        boolean creates = !exists() && !mode.equals("r");
        FileChannel file = super.open(mode);
        if (creates) {
            disk().change(RecordedDisk.Kind.CREATE, path(), path(), () -> {});
        }
        return new RecordedChannel(disk(), path(), file);
    }

    @Override
    public boolean createFile() {
        boolean created = super.createFile();
        if (created) {
            changed(RecordedDisk.Kind.CREATE, path());
        }
        return created;
    }

    @Override
    public void delete() {
        if (exists()) {
            super.delete();
            changed(RecordedDisk.Kind.DELETE, path());
        }
    }

    @Override
    public void moveTo(FilePath target, boolean atomicReplace) {
        super.moveTo(target, atomicReplace);
        changed(RecordedDisk.Kind.RENAME, ((RecordedFilePath) target).path());
    }

    private void changed(RecordedDisk.Kind kind, Path target) {
        try {
            disk().change(kind, path(), target, () -> {});
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Path path() {
        return Path.of(getBase().toString());
    }

    private RecordedDisk disk() {
        return RecordedDisk.of(path());
    }
}
