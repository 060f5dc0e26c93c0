package io.mediakeep.api.admin;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL: what an administrator does on one of them is done on the other, too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationOnTwoNodesIT {
    private static final String SYNAPSE = "/_synapse/admin/v1", OURS = "/_mediakeep/admin/v1";
    private static final int ROUNDS = Integer.getInteger("mediakeep.quarantine.rounds", 3);

    /** How many items of Bob the job removes, some of whose content Alice has uploaded, too, and the size of each. */
    private static final int PURGED = 450, SHARED = 5, BYTES = 8;

    private final AtomicInteger images = new AtomicInteger();
    private Path directory;
    private DatabaseSettings database;
    private RunningServer a;
    private RunningServer b;
    private Client admin;
    private Client aliceOnA;
    private Client aliceOnB;

    @BeforeAll
    void start(@TempDir Path shared) throws IOException {
        directory = shared;
        database = PostgresServer.freshDatabase();
        a = new ServerInProcess(configured("a"));
        b = new ServerInProcess(configured("b"));
        admin = new Client(a.url(), TestConfig.ADMIN);
        aliceOnA = new Client(a.url(), TestConfig.ALICE);
        aliceOnB = new Client(b.url(), TestConfig.ALICE);
    }

    private Path configured(String node) throws IOException {
        Path own = directory.resolve(node);
        new TestConfig(own.resolve("data"))
                .on(database)
                .with("blobs: {kind: database}")
                .writeTo(own);
        return own;
    }

    @AfterAll
    void stop() throws IOException {
        a.close();
        b.close();
    }

    /** Sends a request of an administrator to the first node. */
    private interface Request {
        HttpResponse<byte[]> send(String mxc) throws Exception;
    }

    /** The other node has media and thumbnail in its caches. When the response is there, it serves neither. */
    private void assertGoneOnTheOther(Request request) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String mxc = aliceOnA.mxc(TestImages.png(64, 64, images.incrementAndGet()));
            List<String> paths = List.of(Client.download(mxc), Client.thumbnail(mxc, "width=32&height=32&method=crop"));
            for (String path : paths) {
                assertThat(aliceOnB.get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(request.send(mxc).statusCode()).isEqualTo(200);
            for (String path : paths) {
                assertThat(error(aliceOnB.get(path))).as(path).isEqualTo("404 M_NOT_FOUND");
            }
        }
    }

    private static String path(String mxc) {
        return mxc.substring("mxc://".length());
    }

    @Test
    void quarantinedOnOneNodeItIsGoneOnTheOtherWhenTheResponseIsThere() throws Exception {
        assertGoneOnTheOther(mxc -> {
            HttpResponse<byte[]> response = admin.post(SYNAPSE + "/media/quarantine/" + path(mxc));
            assertThat(error(aliceOnB.get(Client.download(mxc)))).isEqualTo("404 M_NOT_FOUND");
            admin.post(SYNAPSE + "/media/unquarantine/" + path(mxc));
            assertThat(aliceOnB.get(Client.download(mxc)).statusCode()).isEqualTo(200);
            admin.post(SYNAPSE + "/media/quarantine/" + path(mxc));
            return response;
        });
    }

    @Test
    void deletedOnOneNodeItIsGoneOnTheOtherWhenTheResponseIsThere() throws Exception {
        assertGoneOnTheOther(
                mxc -> admin.send(admin.request(SYNAPSE + "/media/" + path(mxc)).DELETE()));
    }

    @Test
    void theJobOfAKilledNodeIsContinuedByAnother() throws Exception {
        List<String> referenced = uploadForBobAndAlice();
        addMediaOfBob();
        ServerProcess killed = ServerProcess.ofWar(configured("killed"));
        String job = killInTheMiddleOfARemoval(killed);
        assertThat(status(job).getString("state")).isEqualTo("running");
        StoredData.execute(database, "update job set held_until = 0 where id = " + job); // instead of half a minute
        Eventually.holds(() -> assertThat(status(job).getString("state")).isEqualTo("done"));
        assertEachIsRemovedOnce(status(job));
        for (String mxc : referenced) {
            assertThat(aliceOnB.get(Client.download(mxc)).statusCode()).isEqualTo(200);
        }
    }

    /** The node is killed while it waits for the lock of the last row; returns the id of the job. */
    private String killInTheMiddleOfARemoval(ServerProcess node) throws Exception {
        try (Connection connection = StoredData.connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from media where media_id = 'last' for update");
            String job = startRemoval(new Client(node.url(), TestConfig.ADMIN));
            Eventually.holds(() -> assertThat(status(job).getInt("done")).isEqualTo(PURGED - PURGED % 100));
            node.kill();
            connection.rollback();
            return job;
        }
    }

    /** Bob and Alice have uploaded the same; returns Alice's media. */
    private List<String> uploadForBobAndAlice() throws Exception {
        List<String> alices = new ArrayList<>();
        for (int i = 0; i < SHARED; i++) {
            byte[] content = ("shared " + i).getBytes(UTF_8);
            aliceOnA.as(TestConfig.BOB).mxc(content);
            alices.add(aliceOnA.mxc(content));
        }
        return alices;
    }

    /** Completes what Bob has uploaded, with copies of its rows; the last one in the order of the removal is "last". */
    private void addMediaOfBob() throws SQLException {
        StoredData.execute(
                database,
                """
                insert into media (origin, media_id, uploader, content_type, size, blob_hash, created_at,
                        last_access_at, authenticated_only, quarantined)
                    select origin, case when x = %1$d then 'last' else 'copy' || x end, uploader, content_type, size,
                            blob_hash, created_at + 1000 + x, last_access_at, false, false
                    from generate_series(1, %1$d) as numbers(x),
                        (select * from media where uploader = '@bob:example.org' limit 1) as original
                """.formatted(PURGED - SHARED),
                "update user_usage set files = %d, bytes = %d where user_id = '@bob:example.org'"
                        .formatted(PURGED, PURGED * BYTES));
    }

    private static String startRemoval(Client administrator) throws Exception {
        HttpResponse<byte[]> response = administrator.send(administrator
                .request(OURS + "/media?uploader=@bob:example.org&keep_profiles=false")
                .DELETE());
        assertThat(response.statusCode()).isEqualTo(202);
        return json(response).getJsonObject("job").getString("id");
    }

    private JsonObject status(String id) throws Exception {
        return json(admin.get(OURS + "/jobs/" + id)).getJsonObject("job");
    }

    private void assertEachIsRemovedOnce(JsonObject job) throws SQLException {
        assertThat(job.getInt("done")).isEqualTo(PURGED);
        assertThat(job.getInt("total")).isEqualTo(PURGED);
        assertThat(job.getInt("bytes")).isEqualTo(PURGED * BYTES);
        assertThat(StoredData.rows(database, "media where uploader = '@bob:example.org'"))
                .isZero();
        assertThat(StoredData.rows(
                        database, "user_usage where user_id = '@bob:example.org' and files = 0 and bytes = 0"))
                .isOne();
    }
}
