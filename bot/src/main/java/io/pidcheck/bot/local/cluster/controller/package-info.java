/** What the controller manager does for Jobs. */
@NullMarked
package io.pidcheck.bot.local.cluster.controller;

import org.jspecify.annotations.NullMarked;
