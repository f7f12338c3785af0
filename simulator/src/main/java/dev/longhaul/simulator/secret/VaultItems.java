package dev.longhaul.simulator.secret;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.simulator.front.ContainerRef;
import dev.longhaul.simulator.front.NodeAgent;
import dev.longhaul.simulator.front.NodeRefusal;
import dev.longhaul.simulator.service.ServiceNames;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * What is kept in Vaultwarden, as bitwarden-cli gives it out: it answers only while both
 * run. The entries are files on Vaultwarden's volume, one for each property, in
 * {@value #FOLDER}{@code /ITEM/PROPERTY}.
 */
public final class VaultItems {

	/** Where Vaultwarden's pod has them. */
	public static final String FOLDER = "/data/simulated-items";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private static final String VAULTWARDEN = "http://vaultwarden.%s.svc:80/";

	private final ServiceNames names;

	private final NodeAgent node;

	public VaultItems(ServiceNames names, NodeAgent node) {
		this.names = names;
		this.node = node;
	}

	boolean isAnswering(URI store) {
		try {
			names.answering(store);
			return true;
		}
		catch (TransientFailure ex) {
			return false;
		}
	}

	/**
	 * @param store the URL of bitwarden-cli, whose namespace Vaultwarden is in
	 * @throws TransientFailure if one of both does not run, or there is no such entry
	 */
	String read(URI store, String item, String property) {
		Pod client = names.answering(store);
		Pod vault = names.answering(URI.create(VAULTWARDEN.formatted(client.getMetadata().getNamespace())));
		if (!NAME.matcher(item).matches() || !NAME.matcher(property).matches()) {
			throw missing(item);
		}
		String path = "%s/%s/%s".formatted(FOLDER, item, property);
		try {
			Process process = node.exec(
					new ContainerRef(vault.getMetadata().getNamespace(), vault.getMetadata().getName(), null),
					List.of("cat", path));
			process.getOutputStream().close();
			try (InputStream said = process.getInputStream()) {
				String value = new String(said.readAllBytes(), StandardCharsets.UTF_8);
				if (process.onExit().join().exitValue() != 0) {
					throw missing(item);
				}
				return value;
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (NodeRefusal | IOException ex) {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
					"vaultwarden does not answer: " + ex.getMessage(), "look at its pod", ex);
		}
	}

	private static TransientFailure missing(String item) {
		return new TransientFailure(FailureCode.CLUSTER_REFUSED,
				"unexpected status 404: vault has no such item '%s'".formatted(item), "look into the vault");
	}

}
