package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.Interruption;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser as far as this goes: cookies, forms, and what it would like best.
 */
public final class Browser {

	private static final Pattern HIDDEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

	private final Server server;

	private Browser(Server server) {
		this.server = server;
	}

	public static Browser of(Server server) {
		return new Browser(server);
	}

	/** By the form of the login. */
	public Browser signIn(String token) {
		HttpResponse<String> in = post("/login", Map.of("_csrf", csrf(get("/login")), "token", token));
		assertThat(in.statusCode()).as(in.body()).isEqualTo(302);
		return this;
	}

	/** What a script would have set. */
	public Browser with(String name, String value) {
		HttpCookie cookie = new HttpCookie(name, value);
		cookie.setPath("/");
		cookie.setVersion(0);
		cookies.getCookieStore().add(server.address(), cookie);
		return this;
	}

	public HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(uri(path)));
	}

	public HttpResponse<String> post(String path, Map<String, String> form) {
		String body = form.entrySet()
			.stream()
			.map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body)));
	}

	/** What a form of that page would carry. */
	public static String csrf(HttpResponse<String> page) {
		Matcher hidden = HIDDEN.matcher(page.body());
		assertThat(hidden.find()).as(page.body()).isTrue();
		return hidden.group(1);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return client.send(request.timeout(Duration.ofSeconds(30)).header("Accept", "text/html,*/*;q=0.8").build(),
					BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "looking at " + server.address());
		}
	}

	private URI uri(String path) {
		return server.address().resolve(path);
	}

}
