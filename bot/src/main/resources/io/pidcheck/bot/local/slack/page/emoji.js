// The names people and bots use most; a name that is not here stays as it was typed, as in Slack.

const TABLE = {
  // status
  rotating_light: '🚨', warning: '⚠️', white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌',
  negative_squared_cross_mark: '❎', red_circle: '🔴', large_red_circle: '🔴', large_orange_circle: '🟠', large_yellow_circle: '🟡',
  large_green_circle: '🟢', large_blue_circle: '🔵', large_purple_circle: '🟣', large_brown_circle: '🟤', white_circle: '⚪',
  black_circle: '⚫', radio_button: '🔘', large_red_square: '🟥', large_orange_square: '🟧', large_yellow_square: '🟨',
  large_green_square: '🟩', large_blue_square: '🟦', large_purple_square: '🟪', white_large_square: '⬜', black_large_square: '⬛',
  small_red_triangle: '🔺', small_red_triangle_down: '🔻', large_orange_diamond: '🔶', large_blue_diamond: '🔷',
  small_orange_diamond: '🔸', small_blue_diamond: '🔹', no_entry: '⛔', no_entry_sign: '🚫', octagonal_sign: '🛑', stop_sign: '🛑',
  construction: '🚧', traffic_light: '🚥', vertical_traffic_light: '🚦', sos: '🆘', ok: '🆗', new: '🆕', up: '🆙', free: '🆓',
  information_source: 'ℹ️', question: '❓', grey_question: '❔', exclamation: '❗', heavy_exclamation_mark: '❗',
  grey_exclamation: '❕', bangbang: '‼️', interrobang: '⁉️', heavy_plus_sign: '➕', heavy_minus_sign: '➖', infinity: '♾️',
  // time
  hourglass: '⌛', hourglass_flowing_sand: '⏳', stopwatch: '⏱️', timer_clock: '⏲️', alarm_clock: '⏰', watch: '⌚', calendar: '📆',
  date: '📅', clock1: '🕐', clock2: '🕑', clock3: '🕒', clock4: '🕓', clock5: '🕔', clock6: '🕕', clock7: '🕖', clock8: '🕗', clock9: '🕘',
  clock10: '🕙', clock11: '🕚', clock12: '🕛', clock130: '🕜', clock230: '🕝', clock330: '🕞', clock430: '🕟', clock530: '🕠', clock630: '🕡',
  clock730: '🕢', clock830: '🕣', clock930: '🕤', clock1030: '🕥', clock1130: '🕦', clock1230: '🕧',
  // work
  mag: '🔍', mag_right: '🔎', eyes: '👀', eye: '👁️', gear: '⚙️', wrench: '🔧', hammer: '🔨', hammer_and_wrench: '🛠️', tools: '🛠️',
  toolbox: '🧰', nut_and_bolt: '🔩', link: '🔗', chains: '⛓️', thread: '🧵', knot: '🪢', lock: '🔒', unlock: '🔓', key: '🔑',
  closed_lock_with_key: '🔐', shield: '🛡️', bulb: '💡', zap: '⚡', fire: '🔥', boom: '💥', bomb: '💣', firecracker: '🧨', skull: '💀',
  skull_and_crossbones: '☠️', zombie: '🧟', ghost: '👻', coffin: '⚰️', knife: '🔪', axe: '🪓', broom: '🧹', wastebasket: '🗑️',
  fire_extinguisher: '🧯', syringe: '💉', pill: '💊', adhesive_bandage: '🩹', stethoscope: '🩺', microscope: '🔬', test_tube: '🧪',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', clipboard: '📋', memo: '📝', pencil: '📝',
  pencil2: '✏️', page_facing_up: '📄', page_with_curl: '📃', scroll: '📜', newspaper: '📰', books: '📚', bookmark: '🔖', label: '🏷️',
  pushpin: '📌', round_pushpin: '📍', paperclip: '📎', file_folder: '📁', open_file_folder: '📂', card_index_dividers: '🗂️',
  inbox_tray: '📥', outbox_tray: '📤', package: '📦', email: '✉️', envelope: '✉️', bell: '🔔', no_bell: '🔕', mega: '📣', loudspeaker: '📢',
  speech_balloon: '💬', thought_balloon: '💭', computer: '💻', desktop_computer: '🖥️', keyboard: '⌨️', floppy_disk: '💾', cd: '💿',
  minidisc: '💽', electric_plug: '🔌', battery: '🔋', satellite: '🛰️', satellite_antenna: '📡', globe_with_meridians: '🌐',
  robot_face: '🤖', ladder: '🪜', compass: '🧭', thermometer: '🌡️', bug: '🐛', ant: '🐜', snail: '🐌', turtle: '🐢', whale: '🐳',
  whale2: '🐋', penguin: '🐧', cat: '🐱', dog: '🐶', rabbit: '🐰', octopus: '🐙', spider_web: '🕸️', dragon: '🐉',
  // arrows and media
  arrows_counterclockwise: '🔄', arrows_clockwise: '🔃', repeat: '🔁', arrow_right: '➡️', arrow_left: '⬅️', arrow_up: '⬆️',
  arrow_down: '⬇️', arrow_upper_right: '↗️', arrow_lower_right: '↘️', arrow_right_hook: '↪️', leftwards_arrow_with_hook: '↩️',
  arrow_forward: '▶️', arrow_backward: '◀️', fast_forward: '⏩', rewind: '⏪', double_vertical_bar: '⏸️', black_square_for_stop: '⏹️',
  // people
  '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎', ok_hand: '👌', wave: '👋', clap: '👏', raised_hands: '🙌', pray: '🙏',
  muscle: '💪', point_right: '👉', point_left: '👈', point_up: '☝️', point_down: '👇', hand: '✋', raised_hand: '✋', v: '✌️',
  crossed_fingers: '🤞', handshake: '🤝', bust_in_silhouette: '👤', busts_in_silhouette: '👥', detective: '🕵️', sleuth_or_spy: '🕵️',
  male_detective: '🕵️‍♂️', female_detective: '🕵️‍♀️', firefighter: '🧑‍🚒', technologist: '🧑‍💻', ninja: '🥷',
  smile: '😄', smiley: '😃', grinning: '😀', grin: '😁', joy: '😂', slightly_smiling_face: '🙂', simple_smile: '🙂', wink: '😉',
  sweat_smile: '😅', thinking_face: '🤔', neutral_face: '😐', sob: '😭', cry: '😢', scream: '😱', rage: '😡', tired_face: '😫',
  sleeping: '😴', sunglasses: '😎', face_with_monocle: '🧐', exploding_head: '🤯', salute: '🫡', saluting_face: '🫡', melting_face: '🫠',
  upside_down_face: '🙃', face_palm: '🤦', shrug: '🤷', heart: '❤️', green_heart: '💚', broken_heart: '💔', star: '⭐', star2: '🌟',
  sparkles: '✨', tada: '🎉', trophy: '🏆', medal: '🏅', dart: '🎯', rocket: '🚀', ship: '🚢', anchor: '⚓', checkered_flag: '🏁',
  triangular_flag_on_post: '🚩', crown: '👑', moneybag: '💰', coffee: '☕', beer: '🍺', pizza: '🍕', cookie: '🍪', hot_pepper: '🌶️',
  sunny: '☀️', cloud: '☁️', umbrella: '☔', snowflake: '❄️', rainbow: '🌈', ocean: '🌊', tornado: '🌪️', volcano: '🌋', seedling: '🌱',
  evergreen_tree: '🌲', fallen_leaf: '🍂', earth_asia: '🌏', zzz: '💤', '100': '💯', one: '1️⃣', two: '2️⃣', three: '3️⃣', four: '4️⃣',
  five: '5️⃣', six: '6️⃣', seven: '7️⃣', eight: '8️⃣', nine: '9️⃣', zero: '0️⃣', keycap_ten: '🔟', cn: '🇨🇳', us: '🇺🇸', de: '🇩🇪',
};

/** The character of an emoji name without its colons, or undefined. */
export function emojiOf(name) {
  return Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
}

/** An emoji name with its colons (and skin tone, which is dropped); sticky: set lastIndex to where it is to match. */
export const EMOJI_NAME = /:([a-z0-9_+'-]{1,60}):(?::skin-tone-[2-6]:)?/y;
