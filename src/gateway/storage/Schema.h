#pragma once
#include "store/Database.h"

namespace tram::gateway {

/// The steps that bring gateway.db and reports.db from nothing to today. A step that has been released is
/// never changed: tests/gateway/fixtures holds stores of the versions there were.
store::Database::Migrations cityMigrations();
store::Database::Migrations reportMigrations();

}  // namespace tram::gateway
