package dev.longhaul.simulator.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git's "smart" protocol over HTTP, as {@code gitprotocol-http} describes it: which
 * branches there are, what a clone fetches, and what it pushes.
 */
final class GitService implements HttpHandler {

	private static final String UPLOAD_PACK = "git-upload-pack";

	private static final String RECEIVE_PACK = "git-receive-pack";

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	private final Repository repository;

	private final String path;

	GitService(Repository repository, String path) {
		this.repository = repository;
		this.path = path;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		String request = "%s %s".formatted(exchange.getRequestMethod(),
				exchange.getRequestURI().toString().substring(path.length()));
		try (exchange) {
			switch (request) {
				case "GET /info/refs?service=" + UPLOAD_PACK -> advertise(exchange, UPLOAD_PACK);
				case "GET /info/refs?service=" + RECEIVE_PACK -> advertise(exchange, RECEIVE_PACK);
				case "POST /" + UPLOAD_PACK -> upload(exchange);
				case "POST /" + RECEIVE_PACK -> receive(exchange);
				default -> exchange.sendResponseHeaders(NOT_FOUND, -1);
			}
		}
	}

	private void advertise(HttpExchange exchange, String service) throws IOException {
		OutputStream out = answer(exchange, "application/x-%s-advertisement".formatted(service));
		PacketLineOut lines = new PacketLineOut(out);
		if (!isVersion2(exchange)) {
			lines.writeString("# service=" + service + "\n");
			lines.end();
		}
		PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(lines);
		if (service.equals(UPLOAD_PACK)) {
			uploadPack(exchange).sendAdvertisedRefs(advertiser, service);
		}
		else {
			receivePack().sendAdvertisedRefs(advertiser);
		}
	}

	private void upload(HttpExchange exchange) throws IOException {
		OutputStream out = answer(exchange, "application/x-git-upload-pack-result");
		uploadPack(exchange).uploadWithExceptionPropagation(body(exchange), out, null);
	}

	private void receive(HttpExchange exchange) throws IOException {
		OutputStream out = answer(exchange, "application/x-git-receive-pack-result");
		receivePack().receive(body(exchange), out, null);
	}

	private UploadPack uploadPack(HttpExchange exchange) {
		UploadPack upload = new UploadPack(repository);
		upload.setBiDirectionalPipe(false);
		if (isVersion2(exchange)) {
			upload.setExtraParameters(List.of("version=2"));
		}
		return upload;
	}

	private ReceivePack receivePack() {
		ReceivePack receive = new ReceivePack(repository);
		receive.setBiDirectionalPipe(false);
		receive.setAllowNonFastForwards(false);
		return receive;
	}

	private static boolean isVersion2(HttpExchange exchange) {
		return "version=2".equals(exchange.getRequestHeaders().getFirst("Git-Protocol"));
	}

	private static InputStream body(HttpExchange exchange) throws IOException {
		InputStream body = exchange.getRequestBody();
		return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding")) ? new GZIPInputStream(body)
				: body;
	}

	private static OutputStream answer(HttpExchange exchange, String type) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.getResponseHeaders().set("Cache-Control", "no-cache");
		exchange.sendResponseHeaders(OK, 0);
		return exchange.getResponseBody();
	}

}
