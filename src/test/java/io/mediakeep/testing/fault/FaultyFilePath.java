package io.mediakeep.testing.fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** The files of an H2 database below {@code faulty:/some/folder}, whose changes fail as the {@link Faults} of it say. */
public final class FaultyFilePath extends FilePathWrapper {
    private static final String SCHEME = "faulty";

    /** Makes the scheme known to H2. */
    public static void register() {
        FilePath.register(new FaultyFilePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    @SuppressWarnings("resource") // closed with the channel that is answered
    public FileChannel open(String mode) throws IOException {
        if (mode.equals("r")) {
            return super.open(mode);
        }
        faults().check();
        return new FaultyChannel(super.open(mode), faults());
    }

    @Override
    public boolean createFile() {
        try {
            faults().check();
        } catch (IOException fault) {
            throw DbException.convertIOException(fault, name);
        }
        return super.createFile();
    }

    private Faults faults() {
        return Faults.of(Path.of(getBase().toString()));
    }
}
