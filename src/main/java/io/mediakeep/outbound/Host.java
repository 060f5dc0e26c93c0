package io.mediakeep.outbound;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import io.mediakeep.outbound.OutboundException.Kind;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A normalised host: a name in ASCII, or an address, whatever its notation. What a lenient parser could take for an
 * address is one here, or is rejected; it is never resolved.
 *
 * @param name in lower case without a trailing dot; of an address its canonical form, without brackets
 * @param address the address, if it is one
 */
record Host(String name, Optional<InetAddress> address) {
    private static final int MAX_NAME_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*");

    /** Names whose last part is a number are IPv4 addresses or nothing (URL standard, "ends in a number"). */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    /** IPv4 also in octal, hexadecimal and with fewer than four parts, as inet_aton reads it; no zones, no networks. */
    private static final IPAddressStringParameters LITERAL = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowPrefix(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .allowSingleSegment(true)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    /** Parses a host, percent-encoded or not; rejects it with {@link Kind#DENIED}. */
    static Host of(String text) throws OutboundException {
        try {
            String host = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (host.indexOf(':') >= 0) {
                boolean brackets = host.startsWith("[") && host.endsWith("]");
                return literal(brackets ? host.substring(1, host.length() - 1) : host);
            }
            String name = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ofName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        } catch (IllegalArgumentException | UnknownHostException malformed) {
            throw new OutboundException(Kind.DENIED, "not a host: " + text, malformed);
        }
    }

    /** Its form in a URL. */
    String inUrl() {
        return name.indexOf(':') < 0 ? name : "[" + name + "]";
    }

    private static Host ofName(String name) throws UnknownHostException {
        if (NUMBER_AT_END.matcher(name).matches()) {
            return literal(name);
        }
        if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a host name");
        }
        return new Host(name, Optional.empty());
    }

    private static Host literal(String text) throws UnknownHostException {
        IPAddress parsed = new IPAddressString(text, LITERAL).getAddress();
        if (parsed == null) {
            throw new IllegalArgumentException("not an address");
        }
        InetAddress address = InetAddress.getByAddress(parsed.getBytes()); // makes IPv4 of an IPv4-mapped address
        boolean ipv4 = address instanceof Inet4Address;
        return new Host(ipv4 ? address.getHostAddress() : parsed.toCanonicalString(), Optional.of(address));
    }
}
