#pragma once
#include <mutex>

namespace tram::gateway {

/// A system that hangs must not hold all of the gateway's threads: beyond so many it "does not answer".
class FewAtOnce {
  public:
    explicit FewAtOnce(int most) : most_(most) {}
    class Place {
      public:
        explicit Place(FewAtOnce& few);
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        bool taken() const { return taken_; }

      private:
        FewAtOnce& few_;
        bool taken_;
    };

  private:
    const int most_;
    std::mutex mutex_;
    int underWay_ = 0;
};

}  // namespace tram::gateway
