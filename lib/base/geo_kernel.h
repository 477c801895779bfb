/* SPDX-License-Identifier: Apache-2.0 */
/* The distance of near points, one text for every width. Whoever includes this says before what a
 * lane is: GG_LANES a type with + − × of IEEE doubles (double itself, or a vector of them), and
 * GG_LANES_NAME(x) a name for it, GG_LANES_TARGET its attributes. The operations and their order
 * stand here and nowhere else, so that one lane and eight lanes give the same bits.
 *
 * Square of the distance by the mid-latitude theorem. With x and y the differences of latitude and
 * longitude, M and N the radii of curvature of the meridian and of the prime vertical at the mean
 * latitude f, and c = cos f, the symmetric expansion to fourth order is
 *     s² = M²x² + N²c²y² − y²/12 · (M²x² (3 − 2c²) + N²c²y² (1 − c²)) + O(e² s⁴/a² + s⁶/a⁴)
 * (the fourth-order part follows from the haversine theorem of the sphere; the ellipsoid changes it
 * by 1/300 of itself). M² and N²c² are polynomials in t = (2f/180°)², fitted to the ellipsoid
 * of WGS 84 in the minimax sense with relative errors below 3·10⁻¹¹ and 7·10⁻¹¹ for |f| ≤ 88°. */

/* Units are 10⁻⁷ degrees. Square of the distance in mm² from the sum of both latitudes, the
 * difference of latitudes and that of longitudes; *ratio_out is t above, *east_out the square of
 * the difference of longitudes the short way round. */
static inline GG_LANES_TARGET GG_LANES GG_LANES_NAME(square)(GG_LANES sum, GG_LANES north,
                                                             GG_LANES east, GG_LANES *ratio_out,
                                                             GG_LANES *east_out) {
    GG_LANES turns = (east * (1.0 / 3.6e9) + GG_GEO_MAGIC) - GG_GEO_MAGIC;
    east = east - turns * 3.6e9;
    GG_LANES half = sum * (1.0 / 1.8e9);
    GG_LANES t = half * half;
    GG_LANES m = t * -0.0023823138932161014 + 0.019577098463021338;
    m = m * t + -0.061072389561988384;
    m = m * t + -0.058829451386985837;
    m = m * t + 1.3156877859981277;
    m = m * t + -4.7829369133258535;
    m = m * t + 6.0587021050893295;
    m = m * t + 122.26670473207334;
    GG_LANES n = t * -0.0082369163827317269 + 0.10057877377324598;
    n = n * t + -0.53956563528440216;
    n = n * t + 0.89561271281337396;
    n = n * t + 8.5770643424572857;
    n = n * t + -74.009774888995196;
    n = n * t + 244.77821018684344;
    n = n * t + -303.71417887116786;
    n = n * t + 123.92029029684078;
    GG_LANES c = n * (1.0 / 123.92029029684078);
    GG_LANES y = east * east;
    GG_LANES p = m * (north * north);
    GG_LANES q = n * y;
    GG_LANES bend = p * (3.0 - 2.0 * c) + q * (1.0 - c);
    *ratio_out = t;
    *east_out = y;
    return (p + q) - (y * 2.5384784982225715e-19) * bend; /* (10⁻⁷ degrees)²/12 in radians */
}
