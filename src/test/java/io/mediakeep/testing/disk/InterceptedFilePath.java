package io.mediakeep.testing.disk;

import io.mediakeep.testing.disk.Disk.Operation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The files of an H2 database below {@code intercepted:/some/directory}, whose operations use the {@link Disk} of that
 * directory.
 */
public final class InterceptedFilePath extends FilePathWrapper {
    public static final String SCHEME = "intercepted";

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return Disks.of(path()).open(path(), !mode.equals("r"), () -> super.open(mode));
    }

    @Override
    public boolean createFile() {
        boolean creates = !exists();
        if (creates) {
            change(Operation.CREATE, path(), super::createFile);
        }
        return creates;
    }

    @Override
    public void delete() {
        if (exists()) {
            change(Operation.DELETE, path(), super::delete);
        }
    }

    @Override
    public void moveTo(FilePath target, boolean atomicReplace) {
        change(Operation.RENAME, ((InterceptedFilePath) target).path(), () -> super.moveTo(target, atomicReplace));
    }

    private void change(Operation operation, Path target, Disk.Change change) {
        try {
            Disks.of(path()).change(operation, path(), target, change);
        } catch (IOException fault) {
            throw DbException.convertIOException(fault, name);
        }
    }

    private Path path() {
        return Path.of(getBase().toString());
    }
}
