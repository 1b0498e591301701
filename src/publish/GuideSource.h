#pragma once
#include <string>
#include <string_view>

#include "publish/TableSource.h"
#include "wire/Link.h"

namespace tram::publish {

/// One guide (docs/CONTENT.md, "Guides"), a table of one row:
///   {"v": 1, "id": "vneid", "topic": "ung-dung", "popularity": 5, "also_found_by": "…",
///    "guide": {…}}                                        // form/Guide.h; the rest as of the kind
/// Its title and what it is about are the guide's. Faults as readSurvey tells them; a link that is not on the
/// list is one.
Table readGuide(std::string_view json, const std::string& file, const wire::LinkHosts& hosts, Faults& faults);

}  // namespace tram::publish
