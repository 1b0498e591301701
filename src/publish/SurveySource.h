#pragma once
#include <string>
#include <string_view>

#include "publish/TableSource.h"

namespace tram::publish {

/// One survey (docs/CONTENT.md, "Surveys"), a table of one row:
///   {"v": 1, "id": "phuc-vu-2026", "until": "2026-12-31", "ward": "27154", "popularity": 5,
///    "form": {…}}                                         // form/Form.h; the last but two may be left out
/// Its title and what it is about are the form's. Faults by line and by place in the JSON; where there are
/// any, what they are about stands in the row as something that is right, so that the rest can be looked at,
/// too.
Table readSurvey(std::string_view json, const std::string& file, Faults& faults);

}  // namespace tram::publish
