package io.mediakeep.outbound;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The table of address blocks: the rows of {@code addresses.txt}, of which the first that contains an address applies.
 */
final class AddressTable {
    private static final String RESOURCE = "addresses.txt";
    private static final String IPV4_AT = "ipv4@";

    private final List<Row> rows;

    /**
     * A block of addresses.
     *
     * @param rule {@code public}, {@code denied}, or {@code ipv4@n}: counts as the IPv4 address at its nth bit
     * @param what its name, and where that is defined
     */
    record Row(IPAddress network, String rule, String what) {

        /** Whether an address of this block may be public. */
        boolean permitted() {
            return !rule.equals("denied");
        }

        /** The IPv4 address embedded in an address of this block. */
        Optional<IPv4Address> embedded(IPAddress address) {
            if (!rule.startsWith(IPV4_AT)) {
                return Optional.empty();
            }
            int octet = Integer.parseInt(rule.substring(IPV4_AT.length())) / Byte.SIZE;
            return Optional.of(address.toIPv6().getEmbeddedIPv4Address(octet));
        }
    }

    private AddressTable(List<Row> rows) {
        this.rows = rows;
    }

    static AddressTable load() {
        InputStream resource = Objects.requireNonNull(AddressTable.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return new AddressTable(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(AddressTable::row)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first row that contains the address; the last two rows contain all addresses. */
    Row row(IPAddress address) {
        return rows.stream()
                .filter(row -> row.network.contains(address))
                .findFirst()
                .orElseThrow();
    }

    private static Row row(String line) {
        String[] cells = line.split("\\s+", 3);
        IPAddress network = Objects.requireNonNull(new IPAddressString(cells[0]).getAddress(), line);
        return new Row(network.toPrefixBlock(), cells[1], cells[2]);
    }
}
