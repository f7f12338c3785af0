/**
 * The HTTP server: what it listens to, what bounds it, and how it says no.
 * <p>
 * Tomcat, because Spring MVC and Spring Security are made for servlets and it is the
 * smallest server that both support; Jackson writes the documents.
 */
@NullMarked
package dev.longhaul.scheduler.web;

import org.jspecify.annotations.NullMarked;
