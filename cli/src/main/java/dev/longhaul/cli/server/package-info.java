/**
 * A server of Longhaul, called over its REST interface. What answers there is believed as
 * little as any other input: answers are bounded in size and time, a redirect is never
 * followed, and the token goes nowhere but to the address that was given. The HTTP client
 * is the JDK's, because nothing else is needed; Jackson's streaming parser reads JSON.
 */
@NullMarked
package dev.longhaul.cli.server;

import org.jspecify.annotations.NullMarked;
