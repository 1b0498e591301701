#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "tool/Tool.h"

namespace tram::tool {

// Each adds its subcommand; `tool` outlives the parsing.
void addEnrolCommand(CLI::App& app, Tool& tool);
void addQueueCommand(CLI::App& app, Tool& tool);
void addDoctorCommand(CLI::App& app, Tool& tool);
/// `tram scan [--json] FILE…`: what the camera would read in a picture, an .avi or a folder, and what the
/// kiosk would take it for (identity::kindName). A line `kind text` for each code, `nothing` for none, and at
/// the end `several` when the kiosk would have taken none of them, because two that mean different things
/// were in view at once; with --json one object a file, {"file", "codes": [{"kind", "symbology":
/// "qr"|"code128", "text"}], "several": bool}. The rules are those of --config, else of the station's own
/// configuration where there is one, else the defaults.
void addScanCommand(CLI::App& app, Tool& tool);
/// `tram dossier [--json] [--read-only | --gateway URL] CODE…`: a line for each, how it is read (wire::name
/// of verdict and group, `elsewhere`), and, asked of that gateway or of the one that the station is enrolled
/// at, its state, or the name of what went wrong. Ends with 1 when one is no code, or not known. In JSON:
/// {"typed", "verdict", "code", "group", "elsewhere", "dossier" | "problem"}.
void addDossierCommand(CLI::App& app, Tool& tool);
/// `tram log verify`: whether the station's log of staff is whole, held against what the gateway has
/// acknowledged (beside the log, in files, asked of the gateway itself unless --offline); ends with 1 when it
/// is not. `show`, newest first, and `export FILE` as CSV, with the same filters. --folder: of a copy.
void addLogCommand(CLI::App& app, Tool& tool);
/// `tram report [--by errand|day|unit|outcome] [--from DAY] [--to DAY] [--json]`: what was done at the
/// stations of this one's ward, this week without days: the figures of the staff's page, and of
/// `tram-gateway report ward`. Without a line the last ones kept, and why, on standard error.
void addReportCommand(CLI::App& app, Tool& tool);
/// `tram campaign list`, `poster ID FILE`: how far the ward's campaigns are; one's poster as a PDF.
void addCampaignCommand(CLI::App& app, Tool& tool);
/// `tram pack build FOLDER FILE`, `inspect FILE`, `diff BEFORE AFTER`: what the city publishes, as one file.
/// `diff` prints `+`, `-` or `~`, kind, id and title of each entry that differs, and ends with 1 if any does.
void addPackCommand(CLI::App& app, Tool& tool);
/// What a command on that pack comes to, told when it is no good end. Reading a damaged pack throws.
void tryOnPack(Tool& tool, const std::string& file, const std::function<base::Result<void>()>& act);
/// `map GEOJSON FILE`: the sketch map (map/Sketch.h); `sample FOLDER --entries N --seed N`: sources of a
/// made-up city of that size, for `build`.
void addPackMaking(CLI::App& pack, Tool& tool);
/// Its part on trust: `key FILE`, `manifest FILE PACK… --number N`, `root FILE --number N --root KEY…
/// --content KEY…
/// --content-threshold N …`, `sign FILE --key FILE`, `verify FILE --root FILE [PACK…]`.
void addPackSigning(CLI::App& pack, Tool& tool);
/// `tram search --pack FILE [--kind K] [--near LAT,LON] WORDS`: as the kiosk finds it. Ends with 1 for
/// nothing.
void addSearchCommand(CLI::App& app, Tool& tool);
/// `tram alert show FILE [--ward CODE] [--language vi|en] [--at TIME] [--geocode NAME]`: what a kiosk there
/// would show of one CAP message, or exactly what is wrong with it.
void addAlertCommand(CLI::App& app, Tool& tool);
/// `tram survey check FILE`: whether a survey's JSON would become an entry, or all that is wrong with it.
void addSurveyCommand(CLI::App& app, Tool& tool);
/// `tram guide check FILE [--link-host HOST…]`: the same of a guide's, and where its codes lead.
void addGuideCommand(CLI::App& app, Tool& tool);

}  // namespace tram::tool
