package dev.longhaul.scheduler.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.digest.Sha256;

/**
 * What pages need besides themselves. The path holds a hash of the content, so that a
 * browser may keep it for ever and still never shows an old one.
 */
public final class Assets {

	/** What to answer with for every asset. */
	public static final String CACHE_CONTROL = "public, max-age=31536000, immutable";

	/**
	 * What the one style sheet is put together from; a later part may override an
	 * earlier.
	 */
	private static final List<String> STYLES = List.of("base", "frame", "parts", "tables", "run", "pictures", "media");

	/** Digits of the hash in a path. */
	private static final int HASH = 16;

	private final Map<String, Asset> assets = new LinkedHashMap<>();

	private final String styles;

	private final String script;

	private final String icon;

	public Assets() {
		String css = STYLES.stream().map(part -> read("styles/" + part + ".css")).collect(Collectors.joining("\n"));
		styles = add("longhaul.css", "text/css; charset=utf-8", css);
		script = add("longhaul.js", "text/javascript; charset=utf-8", read("longhaul.js"));
		icon = add("longhaul.svg", "image/svg+xml", read("longhaul.svg"));
	}

	/** One file as it is served, in UTF-8. */
	public record Asset(String contentType, String content) {
	}

	public String styles() {
		return styles;
	}

	public String script() {
		return script;
	}

	public String icon() {
		return icon;
	}

	/** The file of a path that a page refers to; empty for any other. */
	public Optional<Asset> find(String path) {
		return Optional.ofNullable(assets.get(path));
	}

	private String add(String name, String type, String content) {
		String path = "/assets/%s/%s".formatted(Sha256.of(content).substring(0, HASH), name);
		assets.put(path, new Asset(type, content));
		return path;
	}

	private static String read(String name) {
		try (InputStream file = Assets.class.getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
