/** The names that a time zone may be given by, spelled the one way that ClickHouse and Intl both know. */

/**
 * Names which `Intl.supportedValuesOf` may leave out since another one means the same zone: which of two it lists
 * depends on the version of Node, so both are here. From the tz database's file `backward`. The abbreviations
 * were zones of their own before 2024 and are other names since, with the same offsets from 1996 on.
 */
const OTHER_NAMES = `
CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel
Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey
UCT UTC Universal W-SU WET Zulu
Africa/Asmara Africa/Asmera Africa/Timbuktu
America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Argentina/Cordoba
America/Argentina/Jujuy America/Argentina/Mendoza America/Atikokan America/Atka America/Buenos_Aires America/Catamarca
America/Coral_Harbour America/Cordoba America/Ensenada America/Fort_Wayne America/Godthab America/Indiana/Indianapolis
America/Indianapolis America/Jujuy America/Kentucky/Louisville America/Knox_IN America/Louisville America/Mendoza
America/Montreal America/Nipigon America/Nuuk America/Pangnirtung America/Porto_Acre America/Rainy_River
America/Rosario America/Santa_Isabel America/Shiprock America/Thunder_Bay America/Virgin America/Yellowknife
Antarctica/South_Pole
Asia/Ashkhabad Asia/Calcutta Asia/Choibalsan Asia/Chongqing Asia/Chungking Asia/Dacca Asia/Harbin Asia/Ho_Chi_Minh
Asia/Istanbul Asia/Kashgar Asia/Kathmandu Asia/Katmandu Asia/Kolkata Asia/Macao Asia/Rangoon Asia/Saigon Asia/Tel_Aviv
Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Asia/Yangon
Atlantic/Faeroe Atlantic/Faroe Atlantic/Jan_Mayen
Australia/ACT Australia/Canberra Australia/Currie Australia/LHI Australia/NSW Australia/North Australia/Queensland
Australia/South Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna
Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West
Canada/Atlantic Canada/Central Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan
Canada/Yukon
Chile/Continental Chile/EasterIsland
Etc/GMT Etc/GMT+0 Etc/GMT+1 Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8 Etc/GMT+9
Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT-0 Etc/GMT-1 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5 Etc/GMT-6 Etc/GMT-7
Etc/GMT-8 Etc/GMT-9 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12 Etc/GMT-13 Etc/GMT-14 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/UTC
Etc/Universal Etc/Zulu
Europe/Belfast Europe/Kiev Europe/Kyiv Europe/Nicosia Europe/Tiraspol Europe/Uzhgorod Europe/Zaporozhye
Mexico/BajaNorte Mexico/BajaSur Mexico/General
Pacific/Chuuk Pacific/Enderbury Pacific/Johnston Pacific/Kanton Pacific/Pohnpei Pacific/Ponape Pacific/Samoa
Pacific/Truk Pacific/Yap
US/Alaska US/Aleutian US/Arizona US/Central US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan
US/Mountain US/Pacific US/Samoa`;

/** No name is longer; longer input is not even looked at. */
const MAX_NAME_LENGTH = 40;

/** Every name by its lower-case form; made when first needed. */
let names: Map<string, string> | undefined;

function namesByLowerCase(): Map<string, string> {
  if (names === undefined) {
    // Of names without a slash only those above: another would be an abbreviation that ClickHouse need not know.
    const listed = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'));
    const all = [...new Set([...listed, ...OTHER_NAMES.trim().split(/\s+/)])].sort();
    names = new Map(all.map((name) => [name.toLowerCase(), name]));
  }
  return names;
}

/**
 * The right spelling of an IANA time zone's name given in any case, such as `Asia/Kolkata` for `asia/kolkata`. Older
 * names of a zone keep working and stay what they are (`Asia/Calcutta`).
 * @returns null for anything else: unknown names, offsets (`+05:30`), abbreviations; `EST`, `CET` and `UTC` are names
 */
export function ianaZone(name: string): string | null {
  return name.length > MAX_NAME_LENGTH ? null : (namesByLowerCase().get(name.toLowerCase()) ?? null);
}

/** The names to choose from, sorted: without abbreviations, of which a slip makes another (`JST` is no near `EST`). */
export function ianaZones(): string[] {
  return [...namesByLowerCase().values()].filter((name) => name.includes('/') || name === 'UTC');
}
