#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "scan/Reading.h"

namespace tram::scan {

/// Which pixels were looked at, and how. Two readings are worth more than one only when one of the two
/// differs: the same pixels read the same way give the same error.
struct View {
    std::uint64_t pixels = 0;
    int stage = 0;
    bool operator==(const View&) const = default;
};

/// When a reading becomes a code that counts. A QR code (Reed-Solomon) needs two views that agree, Code 128
/// (one check symbol of 103) three; while other texts are read in the same place, more than twice as many as
/// those. What has counted is told once, and again only after it has not been seen for kForgotten frames.
/// Two that are taken away together are not forgotten in the same frame, and the slower one must not pass for
/// the one that stayed: when a code is forgotten, each other one is out of view too until it is seen and told
/// anew, with the number that it had.
class Agreement {
  public:
    static constexpr int kQrViews = 2, kCode128Views = 3;
    static constexpr int kForgotten = 20;  ///< frames; 1.3 s at 15 a second

    /// The codes that count from this frame on. Called once for every frame, in order.
    Readings add(const View& view, Readings readings);
    /// The same for a second look at the frame of the call before.
    Readings addSame(const View& view, Readings readings);
    /// The numbers of those that have been told and are still in view.
    std::vector<std::uint32_t> inView() const;

  private:
    struct Candidate {
        Reading reading;
        std::vector<View> views;
        std::int64_t lastSeen = 0;
        bool told = false;
    };
    void forget();
    Candidate& candidateFor(Reading&& reading);
    bool counts(const Candidate& candidate) const;
    Reading tell(Candidate& candidate);

    std::deque<Candidate> candidates_;
    std::int64_t frame_ = 0;
    std::uint32_t codes_ = 0;
};

}  // namespace tram::scan
