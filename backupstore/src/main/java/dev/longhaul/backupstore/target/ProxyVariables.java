package dev.longhaul.backupstore.target;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.backupstore.s3.HttpProxy;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, understood as Go programs
 * do, and so Longhorn's engine: the scheme of the endpoint decides which proxy it is, and
 * {@code NO_PROXY} lists hosts, domains, addresses and networks that are reached without
 * one. This machine itself always is.
 */
final class ProxyVariables {

	private static final String NO_PROXY = "NO_PROXY";

	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

	private final Map<String, String> variables;

	ProxyVariables(Map<String, String> variables) {
		this.variables = variables;
	}

	/**
	 * @return null if the endpoint is reached without a proxy
	 * @throws RefusedRequest if the variable that names the proxy is wrong
	 */
	@Nullable HttpProxy proxyFor(URI endpoint) {
		String name = "https".equals(endpoint.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
		String value = variables.getOrDefault(name, "").strip();
		if (value.isEmpty() || isThisMachine(endpoint.getHost()) || isExcepted(endpoint)) {
			return null;
		}
		return parse(name, value.contains("://") ? value : "http://" + value);
	}

	private static HttpProxy parse(String name, String value) {
		try {
			URI uri = new URI(value);
			if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
				return new HttpProxy(uri.getHost(), (uri.getPort() < 0) ? 80 : uri.getPort(), login(uri.getUserInfo()));
			}
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			// Without the value, here and in the cause: it may hold a password.
		}
		throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, name + " is not the URL of a proxy",
				"write it as http://host:port, or http://user:password@host:port");
	}

	private static HttpProxy.@Nullable Login login(@Nullable String userInfo) {
		if (userInfo == null) {
			return null;
		}
		int colon = userInfo.indexOf(':');
		return (colon < 0) ? new HttpProxy.Login(userInfo, "")
				: new HttpProxy.Login(userInfo.substring(0, colon), userInfo.substring(colon + 1));
	}

	private boolean isExcepted(URI endpoint) {
		return Stream.of(variables.getOrDefault(NO_PROXY, "").split(","))
			.map(entry -> entry.strip().toLowerCase(Locale.ROOT))
			.filter(entry -> !entry.isEmpty())
			.anyMatch(entry -> excepts(entry, endpoint));
	}

	private static boolean excepts(String entry, URI endpoint) {
		String host = endpoint.getHost().toLowerCase(Locale.ROOT);
		if (entry.equals("*")) {
			return true;
		}
		if (entry.contains("/")) {
			return ADDRESS.matcher(host).matches() && isWithin(host, entry);
		}
		int colon = entry.lastIndexOf(':');
		boolean withPort = colon > 0 && entry.indexOf(':') == colon;
		if (withPort && !entry.substring(colon + 1).equals(Integer.toString(port(endpoint)))) {
			return false;
		}
		String name = withPort ? entry.substring(0, colon) : entry;
		String domain = name.startsWith("*.") ? name.substring(1) : name;
		return host.equals(domain) || host.endsWith(domain.startsWith(".") ? domain : "." + domain);
	}

	private static int port(URI endpoint) {
		if (endpoint.getPort() >= 0) {
			return endpoint.getPort();
		}
		return "https".equals(endpoint.getScheme()) ? 443 : 80;
	}

	/** An entry that is no network excepts nothing. */
	private static boolean isWithin(String address, String network) {
		int slash = network.indexOf('/');
		String base = network.substring(0, slash);
		if (!ADDRESS.matcher(base).matches()) {
			return false;
		}
		try {
			byte[] first = InetAddress.getByName(base).getAddress();
			byte[] second = InetAddress.getByName(address).getAddress();
			int free = first.length * Byte.SIZE - Integer.parseInt(network.substring(slash + 1));
			return first.length == second.length && free >= 0
					&& new BigInteger(1, first).shiftRight(free).equals(new BigInteger(1, second).shiftRight(free));
		}
		catch (UnknownHostException | NumberFormatException ex) {
			return false;
		}
	}

	private static boolean isThisMachine(String host) {
		try {
			return host.equalsIgnoreCase("localhost")
					|| (ADDRESS.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress());
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
