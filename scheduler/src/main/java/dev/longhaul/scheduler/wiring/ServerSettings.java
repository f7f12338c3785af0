package dev.longhaul.scheduler.wiring;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.SignOnClient;
import dev.longhaul.scheduler.web.Cookies;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param address to listen at. The default lets nobody in but this machine: a laptop
 * shows nothing to its café, and a container says {@code 0.0.0.0}, as its chart does
 * @param port 0 for any that is free
 * @param proxies in front of the server: addresses or CIDR blocks whose
 * {@code X-Forwarded-…} headers are believed
 * @param publicUrl under which people reach it; null if that is not declared
 * @param firstTokenFile where a new server writes the token it is first used with; null
 * to write none
 * @param oidc null to believe no other tokens than those of this server
 */
public record ServerSettings(String address, int port, List<String> proxies, @Nullable URI publicUrl,
		@Nullable Path firstTokenFile, @Nullable OidcSettings oidc) {

	private static final int LAST_PORT = 65535;

	public ServerSettings(@DefaultValue("127.0.0.1") String address, @DefaultValue("8080") int port,
			@DefaultValue List<String> proxies, @Nullable URI publicUrl, @Nullable Path firstTokenFile,
			@Nullable OidcSettings oidc) {
		this.address = address;
		this.port = port;
		this.proxies = List.copyOf(proxies);
		this.publicUrl = publicUrl;
		this.firstTokenFile = firstTokenFile;
		this.oidc = oidc;
		if (port < 0 || port > LAST_PORT) {
			throw wrong("port", "0 to %d, not %d".formatted(LAST_PORT, port));
		}
		if (!proxies.stream().allMatch(proxy -> proxy.matches("[0-9a-fA-F:.]+(/[0-9]{1,3})?"))) {
			throw wrong("proxies", "addresses or blocks of them, such as 10.42.0.0/16");
		}
		if (oidc != null) {
			oidc.client(publicUrl);
		}
	}

	/** Null if nobody else signs people in. */
	@Nullable SignOnClient signOn() {
		return (oidc != null) ? oidc.client(publicUrl) : null;
	}

	Cookies cookies() {
		return (publicUrl != null && "https".equals(publicUrl.getScheme())) ? Cookies.SECURE : Cookies.PLAIN;
	}

	InetAddress inetAddress() {
		try {
			return InetAddress.getByName(address);
		}
		catch (UnknownHostException ex) {
			throw wrong("address", "an address of this machine, not '%s'".formatted(address));
		}
	}

	private static RefusedRequest wrong(String name, String expected) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"longhaul.server.%s must be %s".formatted(name, expected), "correct it in the configuration file");
	}

}
