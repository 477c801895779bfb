// SPDX-License-Identifier: Apache-2.0
// Workload W2 in DuckDB: node w2_duckdb.mjs csv|load|table DIR THREADS OUTPUT. "load" makes DIR/pings.duckdb for "table".
import { DuckDBInstance } from "@duckdb/node-api";
const [mode, dir, threads, output] = process.argv.slice(2);
const columns = "columns={officer_id:'UINTEGER',time:'TIMESTAMP',lon:'DOUBLE',lat:'DOUBLE'},header=true,auto_detect=false,delim=','";
const csv = `(select officer_id, epoch(time)::bigint t, radians(lon) lon, radians(lat) lat from read_csv('${dir}/pings.csv',${columns}))`;
const table = "(select officer_id, t, radians(lon) lon, radians(lat) lat from d.pings)";
const segment = "t-pt<=300 and t//86400=pt//86400";
const haversine = "2*6371.0087714*asin(sqrt(sin((lat-plat)/2)*sin((lat-plat)/2)+cos(lat)*cos(plat)*sin((lon-plon)/2)*sin((lon-plon)/2)))";
const query = (from) => `create temp table r as with s as (select officer_id, t, lon, lat, lag(t) over w pt, lag(lon) over w plon,
 lag(lat) over w plat from ${from} window w as (partition by officer_id order by t)) select officer_id, t//86400 as day, count(*) n,
 coalesce(sum(t-pt) filter (${segment}),0) online_s, coalesce(sum(${haversine}) filter (${segment}),0) km from s group by 1,2`;
const db = await (await DuckDBInstance.create(":memory:")).connect();
await db.run(`set threads=${threads}`);
await db.run("set preserve_insertion_order=false");
if (mode === "load") {
    await db.run(`attach '${dir}/pings.duckdb' as d`);
    await db.run(`create table d.pings as select officer_id, epoch(time)::bigint t, lon, lat from read_csv('${dir}/pings.csv',${columns})`);
} else {
    if (mode === "table") await db.run(`attach '${dir}/pings.duckdb' as d (read_only)`);
    await db.run(query(mode === "table" ? table : csv));
    await db.run(`copy (select * from r order by officer_id, day) to '${output}'`);
}
