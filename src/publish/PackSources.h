#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "catalogue/Catalogue.h"
#include "content/WardDirectory.h"
#include "pack/Entry.h"
#include "pack/PackAbout.h"
#include "pack/PackWriter.h"
#include "publish/Row.h"

namespace tram::publish {

/// A folder that becomes a pack: pack.json and the tables that it names.
///   {"v": 1, "name": "places", "source": "Sở Y tế", "as_of": "2026-11-01T00:00:00+07:00",
///    "sources": [{"kind": "clinic", "file": "clinics.csv"}, {"kind": "market", "file": "markets.geojson"},
///                {"kind": "news", "file": "news.xml", "same": {"topic": "tin-tuc"}}]}
/// A file's name tells its form: .geojson, .xml (RSS, Atom), .json (a survey), else CSV. `same`: columns that
/// each row has alike. A feed of public transport is a folder beside it (GtfsSource.h):
///   {"kind": "bus-route", "gtfs": "bus", "table": "routes", "title": "Tuyến {short}: {long}"}
struct Collected {
    pack::PackAbout about;
    std::vector<pack::Entry> entries;
    pack::ListedBy listedBy;  ///< of the kinds of these entries
    Faults faults;            ///< a pack is only written when there are none
    Faults warnings;  ///< a table without a row, a timetable that has ended: worth a look, and no more
};

/// FileMissing, FileUnreadable, TooLarge. What is wrong inside a file, pack.json too, is a Fault. `now`: a
/// pack from the future would be fresh for ever.
base::Result<Collected> collect(const std::filesystem::path& dir, const catalogue::Catalogue& catalogue,
                                const content::WardDirectory& wards, base::WallTime now);

}  // namespace tram::publish
