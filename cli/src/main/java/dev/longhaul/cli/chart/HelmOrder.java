package dev.longhaul.cli.chart;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.secret.Secret;

/**
 * What Helm is to do, as it goes from one process to another through its standard input,
 * which nobody else reads.
 *
 * @param chart a directory or an archive; with a repository the name of the chart in it
 * @param repository empty for a chart on this machine
 * @param version empty for the one that a chart on this machine has
 * @param values YAML, of which later ones win
 * @param kubeconfig of the cluster; empty to render
 */
record HelmOrder(Verb verb, String name, String namespace, String chart, String repository, String version,
		List<Secret> values, Secret kubeconfig) {

	private static final int LARGEST_TEXT = 2 * 1024 * 1024;

	private static final int MOST_VALUES = 100;

	HelmOrder {
		values = List.copyOf(values);
	}

	enum Verb {

		RENDER, INSTALL

	}

	/** Ends the stream: nothing follows an order. */
	void write(OutputStream out) throws IOException {
		try (DataOutputStream data = new DataOutputStream(out)) {
			data.writeUTF(verb.name());
			for (String text : List.of(name, namespace, chart, repository, version)) {
				write(data, text.getBytes(StandardCharsets.UTF_8));
			}
			data.writeInt(values.size());
			for (Secret each : values) {
				write(data, each.reveal());
			}
			write(data, kubeconfig.reveal());
		}
	}

	private static void write(DataOutputStream data, byte[] bytes) throws IOException {
		data.writeInt(bytes.length);
		data.write(bytes);
	}

	static HelmOrder read(InputStream in) throws IOException {
		DataInputStream data = new DataInputStream(in);
		Verb verb = Verb.valueOf(data.readUTF());
		String name = text(data);
		String namespace = text(data);
		String chart = text(data);
		String repository = text(data);
		String version = text(data);
		List<Secret> values = new ArrayList<>();
		int count = bounded(data.readInt(), MOST_VALUES);
		for (int i = 0; i < count; i++) {
			values.add(Secret.of(bytes(data)));
		}
		return new HelmOrder(verb, name, namespace, chart, repository, version, values, Secret.of(bytes(data)));
	}

	private static String text(DataInputStream data) throws IOException {
		return new String(bytes(data), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(DataInputStream data) throws IOException {
		byte[] bytes = new byte[bounded(data.readInt(), LARGEST_TEXT)];
		data.readFully(bytes);
		return bytes;
	}

	private static int bounded(int count, int most) throws IOException {
		if (count < 0 || count > most) {
			throw new IOException("an order that is none");
		}
		return count;
	}

}
