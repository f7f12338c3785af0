package dev.longhaul.scheduler.web;

import org.springframework.boot.web.server.Cookie;

/**
 * What this server's cookies are called, and where browsers send them. Over TLS their
 * names begin with {@code __Host-}: no browser takes such a cookie from another host, or
 * from a connection that is not encrypted.
 */
public enum Cookies {

	/** People reach the server over TLS. */
	SECURE("__Host-"),

	/** They do not, or it is not known. */
	PLAIN("");

	private final String prefix;

	Cookies(String prefix) {
		this.prefix = prefix;
	}

	String session() {
		return prefix + "longhaul";
	}

	String csrf() {
		return prefix + "longhaul-page";
	}

	/** Of somebody who is at the provider, to come back. */
	String signOn() {
		return prefix + "longhaul-sign-on";
	}

	boolean isSecure() {
		return this == SECURE;
	}

	/** Lax, because a link in a mail should not end at the login. */
	void describe(Cookie cookie) {
		cookie.setName(session());
		cookie.setPath("/");
		cookie.setHttpOnly(true);
		cookie.setSameSite(Cookie.SameSite.LAX);
		if (isSecure()) {
			cookie.setSecure(true);
		}
	}

}
