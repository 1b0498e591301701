#pragma once
#include "LineKiosk.h"

namespace tram::line {

/// The whole truth at both ends, once everything has settled: what each kiosk kept arrived once, is open at
/// the gateway and with 1022 once, and the kiosk believes the same; `stayed` did neither.
class Arrivals {
  public:
    explicit Arrivals(test::LiveCity& city);
    void checkOnce(const LineKiosk& kiosk, const std::vector<base::Uuid>& stayed = {}) const;
    /// The gateway said "accepted" once for each, however often it was asked.
    void checkAcceptedOnce(std::size_t actions) const;
    std::size_t of(const LineKiosk& kiosk) const;

  private:
    struct Book;
    std::shared_ptr<const Book> book_;
    std::string metrics_;
};

}  // namespace tram::line
