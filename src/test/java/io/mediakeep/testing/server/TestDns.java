package io.mediakeep.testing.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A name server on loopback, over UDP and TCP, with the records that a test adds. */
public final class TestDns implements AutoCloseable {
    private static final int MAX_UDP_BYTES = 512;
    private static final int TTL_SECONDS = 60;
    private static final int ATTEMPTS = 20;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final List<String> queries = Collections.synchronizedList(new ArrayList<>());

    /** Starts. */
    public TestDns() throws IOException {
        ServerSocket stream = null;
        DatagramSocket packets = null;
        for (int attempt = 0; packets == null; attempt++) {
            stream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            try {
                packets = new DatagramSocket(stream.getLocalPort(), InetAddress.getLoopbackAddress());
            } catch (IOException taken) {
                stream.close();
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
        this.tcp = stream;
        this.udp = packets;
        daemon("test-dns-udp", this::servePackets);
        daemon("test-dns-tcp", this::serveConnections);
    }

    /** Address and port, as in the configuration. */
    public String address() {
        InetSocketAddress address = (InetSocketAddress) udp.getLocalSocketAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Adds an A or AAAA record. */
    public TestDns host(String name, String address) throws IOException {
        InetAddress parsed = InetAddress.getByName(address);
        Name owner = absolute(name);
        return add(
                parsed.getAddress().length == 4
                        ? new ARecord(owner, DClass.IN, TTL_SECONDS, parsed)
                        : new AAAARecord(owner, DClass.IN, TTL_SECONDS, parsed));
    }

    /** Adds an SRV record. */
    public TestDns service(String name, int priority, int weight, int port, String target) throws IOException {
        return add(new SRVRecord(absolute(name), DClass.IN, TTL_SECONDS, priority, weight, port, absolute(target)));
    }

    /** Adds any record. */
    public TestDns add(Record record) {
        records.computeIfAbsent(
                        key(record.getName(), record.getType()),
                        unknown -> Collections.synchronizedList(new ArrayList<>()))
                .add(record);
        return this;
    }

    /** Removes all records of a name and type. */
    public TestDns remove(String name, int type) throws IOException {
        records.remove(key(absolute(name), type));
        return this;
    }

    /** Responds to all queries for a name with an error ({@link Rcode}) from now on. */
    public TestDns fail(String name, int rcode) throws IOException {
        failures.put(absolute(name).toString(), rcode);
        return this;
    }

    /** Does not respond to queries for a name from now on. */
    public TestDns ignore(String name) throws IOException {
        return fail(name, -1);
    }

    /** The queries received, as in "SRV _matrix._tcp.example.org.". */
    public List<String> queries() {
        synchronized (queries) {
            return List.copyOf(queries);
        }
    }

    private static Name absolute(String name) throws TextParseException {
        return Name.fromString(name, Name.root);
    }

    private static String key(Name name, int type) {
        return Type.string(type) + " " + name.toString().toLowerCase(Locale.ROOT);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void servePackets() {
        byte[] buffer = new byte[65_535];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] response = response(question, MAX_UDP_BYTES);
                if (response.length > 0) {
                    udp.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
                }
            } catch (IOException closedOrNonsense) {
                continue;
            }
        }
    }

    private void serveConnections() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                daemon("test-dns-connection", () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] response = response(in.readNBytes(in.readUnsignedShort()), Message.MAXLENGTH);
                out.writeShort(response.length);
                out.write(response);
            }
        } catch (EOFException end) {
            return;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The response; empty for none. */
    private byte[] response(byte[] query, int maxBytes) throws IOException {
        Message question = new Message(query);
        Record about = question.getQuestion();
        queries.add(Type.string(about.getType()) + " " + about.getName());
        Integer failure = failures.get(about.getName().toString());
        if (failure != null && failure < 0) {
            return new byte[0];
        }
        return response(question, about, failure == null ? Rcode.NOERROR : failure)
                .toWire(maxBytes);
    }

    private Message response(Message question, Record about, int rcode) {
        Message response = new Message(question.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.addRecord(about, Section.QUESTION);
        response.getHeader().setRcode(rcode);
        List<Record> found = records.getOrDefault(key(about.getName(), about.getType()), List.of());
        List<Record> alias = records.getOrDefault(key(about.getName(), Type.CNAME), List.of());
        if (rcode == Rcode.NOERROR) {
            (found.isEmpty() ? alias : found).forEach(record -> response.addRecord(record, Section.ANSWER));
        }
        if (rcode == Rcode.NOERROR && found.isEmpty() && alias.isEmpty()) {
            response.addRecord(authority(), Section.AUTHORITY);
            response.getHeader().setRcode(knows(about.getName()) ? Rcode.NOERROR : Rcode.NXDOMAIN);
        }
        return response;
    }

    private boolean knows(Name name) {
        String end = " " + name.toString().toLowerCase(Locale.ROOT);
        return records.keySet().stream().anyMatch(key -> key.endsWith(end));
    }

    private static Record authority() {
        return new SOARecord(Name.root, DClass.IN, TTL_SECONDS, Name.root, Name.root, 1, 1, 1, 1, TTL_SECONDS);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
