package dev.longhaul.scheduler.web;

import org.apache.catalina.Valve;
import org.apache.catalina.valves.RemoteIpValve;

/**
 * Who called, when a proxy did on somebody's behalf.
 */
final class ForwardedCaller {

	private ForwardedCaller() {
	}

	/**
	 * Takes address and protocol from {@code X-Forwarded-For} and
	 * {@code X-Forwarded-Proto}, of requests that come from one of these proxies. From
	 * anybody else the headers mean nothing: whoever guesses tokens would change them
	 * with every guess.
	 */
	static Valve believing(String proxies) {
		RemoteIpValve valve = new RemoteIpValve();
		valve.setInternalProxies(proxies);
		valve.setProtocolHeader("X-Forwarded-Proto");
		return valve;
	}

}
