/**
 * The demo serves its pages, to somebody who has a browser and the token it wrote.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.demo_served;

import org.jspecify.annotations.NullMarked;
